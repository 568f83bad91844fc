/** Shows dead letters, and sends them again. */
package dev.headwater.cli.deadletters;
