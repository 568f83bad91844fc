/** Shows, exports and imports model versions, and changes which one serves. */
package dev.headwater.cli.life;
