/** Shows what the service refused, and sends it again. */
package dev.headwater.cli.deadletters;
