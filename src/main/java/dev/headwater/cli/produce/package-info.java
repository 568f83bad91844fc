/** Turns a folder of images, a folder per class, into labelled image events. */
package dev.headwater.cli.produce;
