package dev.headwater.cli.demo;

/**
 * One vendor's drawing of one emoji.
 *
 * @param name the emoji's name, the same in all vendors
 * @param className {@code food} or {@code animal}
 * @param body what stands inside the {@code svg} element
 * @param viewBox left, top, width and height of the drawing, as SVG's attribute spells them
 */
record EmojiIcon(String name, String className, String body, String viewBox) {
  private static final String INK = "currentColor";

  /** Whether the drawing is in one ink that the page chooses. */
  boolean isMonochrome() {
    return body.contains(INK);
  }

  /** The drawing as an SVG document of 224 by 224, in {@code ink} if it is monochrome. */
  String svg(String ink) {
    return ("<svg xmlns=\"http://www.w3.org/2000/svg\""
            + " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
            + " width=\"224\" height=\"224\" viewBox=\"%s\">%s</svg>")
        .formatted(viewBox, body.replace(INK, ink));
  }
}
