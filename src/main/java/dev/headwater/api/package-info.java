/** Serves the HTTP API. */
package dev.headwater.api;
