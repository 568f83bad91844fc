/** Runs a real Apache Kafka inside this process, for a laptop without a cluster. */
package dev.headwater.broker;
