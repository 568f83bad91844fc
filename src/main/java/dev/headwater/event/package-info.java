/** Defines the records on the wire and how they are read and written. */
package dev.headwater.event;
