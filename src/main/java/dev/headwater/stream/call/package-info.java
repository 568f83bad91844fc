/**
 * Clients beside the stream: send images, labels and requests to topics, and follow the events that
 * answer them.
 */
package dev.headwater.stream.call;
