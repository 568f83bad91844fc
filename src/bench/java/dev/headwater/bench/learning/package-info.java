/** Runs online learners over the same streams of embedded images and compares how they do. */
package dev.headwater.bench.learning;
