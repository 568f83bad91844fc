package dev.headwater.cli.demo;

import java.util.List;

/**
 * One house's drawings of the Unicode emoji, as an npm package in Iconify's JSON form.
 *
 * @param domain the house's name in events
 * @param packageName the npm package
 * @param version its pinned version
 * @param sha512 the pinned digest of the package's tarball, in base64 as npm states it
 */
record EmojiHouse(String domain, String packageName, String version, String sha512) {
  /**
   * The four houses, in the order in which the demo shows them: colour first, ink drawings last.
   */
  static final List<EmojiHouse> ALL =
      List.of(
          // Google, Apache-2.0
          house(
              "noto",
              "1.2.9",
              "DQiuXENbun41ch+XPSV55H9FaWKpHTyz46YIKtSaKYD4fIDDzL1tR6H4np/T38jfrTAeI3rcKF0mqHYeZVAuaw=="),
          // Twitter, CC-BY-4.0
          house(
              "twemoji",
              "1.2.5",
              "uKpuIEV0v6K5BW3Mjdyl+XKFVAbbcPxAgifKvEMtZoUZB5+YiY5zaMm2uNNCxyXzAWU9yNLlj41WU6/mvgALsw=="),
          // Microsoft, MIT
          house(
              "fluent-emoji-flat",
              "1.2.6",
              "RY47RgPb47fYUiyrA64sIOL0+UU02s29sXpNBbIQRBUlPlfNFTKUmZDERGuxDs/7yNGWqQYvuaSYM1M4fRXlUw=="),
          // Microsoft, MIT
          house(
              "fluent-emoji-high-contrast",
              "1.2.6",
              "esqhZPpkrF7sNX3NsLoh8KW64okEr/bzko7WNnFP+qTJGAqDPDYjp0925yxuivXy3HtVQB8xhIKu3+Nq1byX5w=="));

  private static EmojiHouse house(String name, String version, String sha512) {
    return new EmojiHouse(name, "@iconify-json/" + name, version, sha512);
  }

  /** The file name that {@code npm pack} gives the tarball. */
  String tarballName() {
    return "iconify-json-%s-%s.tgz".formatted(domain, version);
  }

  /** What npm is asked for. */
  String npmName() {
    return packageName + "@" + version;
  }
}
