/** Sends labels of images, before or after the images. */
package dev.headwater.cli.label;
