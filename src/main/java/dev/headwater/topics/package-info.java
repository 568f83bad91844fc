/**
 * Names and specifies the Kafka topics, creates those that are missing and checks those that exist;
 * of Kafka it uses the admin client alone.
 */
package dev.headwater.topics;
