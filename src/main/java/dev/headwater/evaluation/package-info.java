/**
 * Tells how good answers were that were given before their labels were known, and detects drift in
 * answers and in embeddings.
 */
package dev.headwater.evaluation;
