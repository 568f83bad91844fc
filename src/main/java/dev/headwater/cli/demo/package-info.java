/** Demonstrates domain change on emoji of four vendors: fetches, paints, sends and scores them. */
package dev.headwater.cli.demo;
