/** Answers HTTP requests about models. */
package dev.headwater.api;
