/** Shows the versions of a model, carries them in and out, and decides which one serves. */
package dev.headwater.cli.life;
