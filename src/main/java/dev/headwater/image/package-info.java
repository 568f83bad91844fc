/** Turns the bytes of an image file into pixels of a known size, within limits. */
package dev.headwater.image;
