/** Runs broker and service inside this process, and fetches the backbone's weights. */
package dev.headwater.cli.serve;
