/** Measures the running streams on a broker of their own: state, restore and threads. */
package dev.headwater.bench.service;
