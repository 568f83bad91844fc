/** Sends labels of images that were sent before, or will be. */
package dev.headwater.cli.label;
