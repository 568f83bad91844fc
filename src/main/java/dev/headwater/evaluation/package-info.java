/** Counts how often predictions were right, and detects drift in answers and in embeddings. */
package dev.headwater.evaluation;
