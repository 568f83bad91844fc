/** What the commands share: the terminal, access to Kafka and HTTP, results, exit codes. */
package dev.headwater.cli.client;
