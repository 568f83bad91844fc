package dev.headwater.stream;

import dev.headwater.event.ErrorCode;

/**
 * Why a record cannot be used.
 *
 * @param step the step that refused it, as the topology names it
 * @param message what was found, what was expected
 */
public record Refusal(String step, ErrorCode code, String message, Origin origin) {}
