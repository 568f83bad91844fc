package dev.headwater.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendPlanTest {
  @TempDir private Path dir;
  private ImageFolder folder;

  @BeforeEach
  void makeFolder() throws IOException {
    SampleFolder.domains(dir, 10);
    folder = ImageFolder.scan(dir, Optional.empty());
  }

  private SendPlan plan(List<String> domains, boolean mixed, long seed) {
    return SendPlan.of(
        folder, new SendPlan.Request(domains, mixed, seed, Optional.empty(), OptionalLong.empty()));
  }

  @Test
  void shouldSendDomainsOneAfterTheOtherInTheOrderAsked() {
    var domains =
        plan(List.of("photo", "cartoon"), false, 1).files().stream()
            .map(LabelledFile::domain)
            .toList();

    assertThat(domains.subList(0, 20)).containsOnly("photo");
    assertThat(domains.subList(20, 40)).containsOnly("cartoon");
  }

  @Test
  void shouldShuffleInsideDomainsByTheSeed() {
    assertThat(plan(List.of(), false, 1).files()).isEqualTo(plan(List.of(), false, 1).files());
    assertThat(plan(List.of(), false, 1).files()).isNotEqualTo(plan(List.of(), false, 2).files());
    assertThat(plan(List.of(), false, 1).files().subList(0, 20))
        .extracting(LabelledFile::className)
        .containsOnly("elephant", "giraffe")
        .isNotEqualTo(folder.files().subList(0, 20).stream().map(LabelledFile::className).toList());
  }

  @Test
  void shouldMixDomainsWhenAsked() {
    var first = plan(List.of(), true, 1).files().subList(0, 20);

    assertThat(first).extracting(LabelledFile::domain).contains("photo", "cartoon", "sketch");
  }

  @Test
  void shouldTakeAlphabeticallySecondOfTwoClassesAsPositive() {
    var plan = plan(List.of(), false, 1);

    assertThat(plan.positive()).isEqualTo("giraffe");
    assertThat(plan.others()).containsExactly("elephant");
    assertThat(plan.chosen()).isFalse();
  }

  @Test
  void shouldLimitTheWholeOrder() {
    var request =
        new SendPlan.Request(
            List.of("sketch", "photo"), false, 1, Optional.of("elephant"), OptionalLong.of(25));

    var plan = SendPlan.of(folder, request);

    assertThat(plan.files()).hasSize(25);
    assertThat(plan.files().get(24).domain()).isEqualTo("photo");
    assertThat(plan.positive()).isEqualTo("elephant");
  }

  @Test
  void shouldTellOneClassFromTheRestWhenThereAreMore() throws IOException {
    SampleFolder.images(dir.resolve("photo").resolve("zebra"), 1);
    folder = ImageFolder.scan(dir, Optional.empty());

    assertThatThrownBy(() -> plan(List.of(), false, 1))
        .isInstanceOf(SendPlan.Unfit.class)
        .hasMessageContaining("found 3 classes (elephant, giraffe, zebra)");
    var named =
        new SendPlan.Request(List.of(), false, 1, Optional.of("giraffe"), OptionalLong.empty());
    assertThat(SendPlan.of(folder, named).others()).containsExactly("elephant", "zebra");
  }

  @Test
  void shouldNameWhatWasFoundWhenADomainOrClassIsUnknown() {
    assertThatThrownBy(() -> plan(List.of("photos"), false, 1))
        .hasMessage("there is no domain \"photos\"; found cartoon, photo, sketch");
    var unknownClass =
        new SendPlan.Request(List.of(), false, 1, Optional.of("cat"), OptionalLong.empty());
    assertThatThrownBy(() -> SendPlan.of(folder, unknownClass))
        .hasMessage("there is no class \"cat\"; found elephant, giraffe");
  }
}
