/** Scores embeddings with a small sigmoid head and trains that head in mini-batches. */
package dev.headwater.head;
