/** Connects the steps into one Kafka Streams topology: topics, processors, stores. */
package dev.headwater.stream;
