/** Breaks the running service on purpose, and checks that nothing was lost or counted twice. */
package dev.headwater.faults;
