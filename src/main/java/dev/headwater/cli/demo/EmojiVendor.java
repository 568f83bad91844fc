package dev.headwater.cli.demo;

import dev.headwater.backbone.NpmPackage;
import java.util.List;

/**
 * A vendor's drawings of the Unicode emoji, as an npm package in Iconify's JSON form.
 *
 * @param domain the vendor's name in events
 * @param drawings the npm package, its version and digest pinned
 */
record EmojiVendor(String domain, NpmPackage drawings) {
  /**
   * The four vendors, in the order in which the demo shows them: colour first, ink drawings last.
   */
  static final List<EmojiVendor> ALL =
      List.of(
          // Google, Apache-2.0
          vendor(
              "noto",
              "1.2.9",
              "DQiuXENbun41ch+XPSV55H9FaWKpHTyz46YIKtSaKYD4fIDDzL1tR6H4np/T38jfrTAeI3rcKF0mqHYeZVAuaw=="),
          // Twitter, CC-BY-4.0
          vendor(
              "twemoji",
              "1.2.5",
              "uKpuIEV0v6K5BW3Mjdyl+XKFVAbbcPxAgifKvEMtZoUZB5+YiY5zaMm2uNNCxyXzAWU9yNLlj41WU6/mvgALsw=="),
          // Microsoft, MIT
          vendor(
              "fluent-emoji-flat",
              "1.2.6",
              "RY47RgPb47fYUiyrA64sIOL0+UU02s29sXpNBbIQRBUlPlfNFTKUmZDERGuxDs/7yNGWqQYvuaSYM1M4fRXlUw=="),
          // Microsoft, MIT
          vendor(
              "fluent-emoji-high-contrast",
              "1.2.6",
              "esqhZPpkrF7sNX3NsLoh8KW64okEr/bzko7WNnFP+qTJGAqDPDYjp0925yxuivXy3HtVQB8xhIKu3+Nq1byX5w=="));

  private static EmojiVendor vendor(String name, String version, String sha512) {
    return new EmojiVendor(
        name, new NpmPackage("@iconify-json/" + name, version, "sha512-" + sha512));
  }
}
