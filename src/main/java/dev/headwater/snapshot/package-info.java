/** Writes heads as safetensors files with their provenance, and reads them back. */
package dev.headwater.snapshot;
