/** The command line. */
package dev.headwater.cli;
