/** Holds what every client command shares: the terminal, Kafka and HTTP access, answers, exits. */
package dev.headwater.cli.client;
