/** Measures Headwater from its source tree; nothing of it is packaged. */
package dev.headwater.bench;
