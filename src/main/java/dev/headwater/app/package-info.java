/** Reads the configuration, wires the parts, starts and stops them, and tells how they are. */
package dev.headwater.app;
