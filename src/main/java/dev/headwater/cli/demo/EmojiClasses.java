package dev.headwater.cli.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which emoji show food and which an animal, by the categories in the packages.
 *
 * <p>The category "Animals &amp; Nature" also has plants, and "Food &amp; Drink" also has dishes;
 * those are left out by Unicode's own subgroups (plant-flower, plant-other, dishware in {@code
 * emoji-test.txt}). Left out too is what the vendors file differently, sea food and the mushroom,
 * since the same thing would be food in one domain and an animal in the next.
 */
final class EmojiClasses {
  static final String FOOD = "food";
  static final String ANIMAL = "animal";

  private static final Map<String, String> CATEGORIES =
      Map.of("Food & Drink", FOOD, "Animals & Nature", ANIMAL);

  private static final Set<String> PLANT_FLOWER =
      Set.of(
          "blossom",
          "bouquet",
          "cherry-blossom",
          "hibiscus",
          "hyacinth",
          "lotus",
          "rose",
          "rosette",
          "sunflower",
          "tulip",
          "white-flower",
          "wilted-flower");

  private static final Set<String> PLANT_OTHER =
      Set.of(
          "cactus",
          "deciduous-tree",
          "empty-nest",
          "evergreen-tree",
          "fallen-leaf",
          "four-leaf-clover",
          "herb",
          "leaf-fluttering-in-wind",
          "leafless-tree",
          "maple-leaf",
          "mushroom",
          "nest-with-eggs",
          "palm-tree",
          "potted-plant",
          "seedling",
          "shamrock",
          "sheaf-of-rice");

  private static final Set<String> DISHWARE =
      Set.of(
          "amphora",
          "chopsticks",
          "fork-and-knife",
          "fork-and-knife-with-plate",
          "jar",
          "kitchen-knife",
          "spoon");

  private static final Set<String> FILED_DIFFERENTLY =
      Set.of("crab", "lobster", "oyster", "shrimp", "squid");

  private static final List<Set<String>> LEFT_OUT =
      List.of(PLANT_FLOWER, PLANT_OTHER, DISHWARE, FILED_DIFFERENTLY);

  private EmojiClasses() {}

  /**
   * The class of each emoji that has one.
   *
   * @param categories emoji names by category, as in a package's {@code metadata.json}
   * @return class by emoji name, in the order of {@code categories}
   */
  static Map<String, String> of(Map<String, List<String>> categories) {
    var classes = new LinkedHashMap<String, String>();
    CATEGORIES.forEach(
        (category, className) -> {
          for (var name : categories.getOrDefault(category, List.of())) {
            if (LEFT_OUT.stream().noneMatch(names -> names.contains(name))) {
              classes.put(name, className);
            }
          }
        });
    return classes;
  }
}
