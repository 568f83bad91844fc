/** Scores embeddings with a small sigmoid head, and learns that head example by example. */
package dev.headwater.head;
