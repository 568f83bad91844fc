/** Tells how good answers were, and detects drift in answers and in embeddings. */
package dev.headwater.evaluation;
