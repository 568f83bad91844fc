/** Is the command line: one class a command. */
package dev.headwater.cli;
