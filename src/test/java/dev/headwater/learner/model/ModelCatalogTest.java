package dev.headwater.learner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.event.ErrorCode;
import dev.headwater.event.PromotionPolicy;
import dev.headwater.event.RejectedException;
import dev.headwater.head.DecisionRule.Fixed;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {
  private static final ModelSettings PARTS =
      new ModelSettings("parts", "good", "scratched", new Fixed(0.3));

  @Test
  void shouldAnswerForConfiguredModels() throws Exception {
    var catalog = new ModelCatalog(List.of(PARTS), false, 1);
    assertThat(catalog.admit("parts")).isEqualTo(PARTS);
    assertThat(catalog.settings("parts")).isEqualTo(PARTS);
  }

  @Test
  void shouldRefuseAModelThatIsNotConfiguredWhereNoneMayBeCreated() {
    var catalog = new ModelCatalog(List.of(PARTS), false, 10);
    assertThatThrownBy(() -> catalog.admit("other"))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNKNOWN))
        .hasMessage("model 'other' is not configured, expected one of [parts]");
  }

  @Test
  void shouldGivePlacesUpToTheLimit() throws Exception {
    var catalog = new ModelCatalog(List.of(PARTS), true, 3);
    assertThat(catalog.admit("a"))
        .isEqualTo(ModelSettings.unconfigured("a", PromotionPolicy.CONTINUOUS));
    for (String name : List.of("a", "b", "a", "parts")) {
      catalog.reserveModelSlot(name);
    }
    assertThatThrownBy(() -> catalog.reserveModelSlot("c"))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_LIMIT))
        .hasMessage("model 'c' would be one more than the 3 allowed (headwater.models.limit)");
    catalog.reserveModelSlot("b");
    catalog.reserveModelSlot("default");
  }

  @Test
  void shouldTakeNoPlaceForANameThatIsOnlyMentioned() throws Exception {
    var catalog = new ModelCatalog(List.of(), true, 1);
    catalog.admit("junk");
    catalog.reserveModelSlot("real");
    assertThat(catalog.admit("real"))
        .isEqualTo(ModelSettings.unconfigured("real", PromotionPolicy.CONTINUOUS));
  }

  @Test
  void shouldNotCreateAModelByLookingItUp() {
    var catalog = new ModelCatalog(List.of(), true, 1);
    assertThat(catalog.settings("x"))
        .isEqualTo(ModelSettings.unconfigured("x", PromotionPolicy.CONTINUOUS));
    assertThat(catalog.settings("y").classes()).containsExactly("negative", "positive");
    org.assertj.core.api.Assertions.assertThatCode(() -> catalog.admit("z"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldHoldTheLimitWhenThreadsAskAtOnce() throws Exception {
    var catalog = new ModelCatalog(List.of(), true, 5);
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> asks =
          IntStream.range(0, 200)
              .<Callable<Boolean>>mapToObj(n -> () -> admits(catalog, n))
              .toList();
      long admitted = 0;
      for (var answer : threads.invokeAll(asks)) {
        admitted += answer.get() ? 1 : 0;
      }
      assertThat(admitted).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean admits(ModelCatalog catalog, int number) {
    try {
      catalog.reserveModelSlot("model-" + number);
      return true;
    } catch (RejectedException e) {
      return false;
    }
  }
}
