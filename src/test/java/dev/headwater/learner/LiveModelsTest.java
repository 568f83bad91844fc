package dev.headwater.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.learner.model.ByteSource;
import dev.headwater.learner.model.ExampleStore;
import dev.headwater.learner.model.HeapStore;
import dev.headwater.learner.model.LearnerByteStores;
import dev.headwater.learner.model.LearnerInput.Observation;
import dev.headwater.learner.model.LearnerInputCodec;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveModelsTest {
  private static final int INPUTS = 4;
  private static final DrawnClasses DATA = DrawnClasses.of(INPUTS, 40, 5);

  private final LearnerByteStores<HeapStore> saved = LearnerByteStores.of(name -> new HeapStore());
  private final LiveModels live = new LiveModels();
  private final OpenModel model = open();

  private OpenModel open() {
    return OpenModel.open(
        "m",
        LearnerSetup.of(INPUTS).snapshotEvery(8).learner(),
        saved,
        new HeapStore(),
        new ExampleStore.Cache());
  }

  /** The first label is written at once, the others are in memory only. */
  private void label(int count) throws Exception {
    for (int n = 0; n < count; n++) {
      var image = DATA.learnt().get(n);
      var input =
          new Observation(
              "image-" + n,
              "d",
              LearnerSetup.FINGERPRINT,
              image.embedding(),
              Optional.of(image.positive()),
              0.5,
              0,
              Optional.empty());
      model.accept(input, new Journal.Entry(LearnerProcess.TIME, LearnerInputCodec.write(input)));
    }
  }

  private Optional<ModelView> view() {
    return live.view("m", new ModelView.Source(saved.progress(), saved.versions(), saved.scores()));
  }

  private long examples() {
    return view().orElseThrow().state().counts().examples();
  }

  @Test
  void shouldShowNothingOfAModelThatHasTakenNoInput() {
    assertThat(view()).as("not open").isEmpty();
    live.add(model);
    assertThat(view()).as("open").isEmpty();
  }

  @Test
  void shouldShowAnOpenModelAsItIsAndAClosedOneAsItsCheckpointHasIt() throws Exception {
    label(20);
    assertThat(examples()).isEqualTo(1);
    assertThat(view().orElseThrow().scores().trained().examples()).isEqualTo(1);
    live.add(model);
    assertThat(examples()).isEqualTo(20);
    assertThat(view().orElseThrow().scores().trained().examples()).isEqualTo(20);
    assertThat(view().orElseThrow().release().served()).isPositive();
    live.remove(model);
    assertThat(examples()).isEqualTo(1);
    model.checkpoint();
    assertThat(examples()).isEqualTo(20);
  }

  @Test
  void shouldNotChangeWhatWasShown() throws Exception {
    live.add(model);
    label(1);
    var before = view().orElseThrow();
    label(20);
    assertThat(before.state().counts().examples()).isEqualTo(1);
    assertThat(before.scores().trained().examples()).isEqualTo(1);
  }

  @Test
  void shouldKeepAModelThatAnotherTaskHasOpenedSince() throws Exception {
    label(20);
    var other = open();
    live.add(other);
    live.add(model);
    live.remove(other);
    assertThat(examples()).isEqualTo(20);
  }

  @Test
  void shouldFindTheFileOfAVersionThatNoCheckpointHas() throws Exception {
    label(20);
    long version = model.view().orElseThrow().release().served();
    assertThat(live.versionFile("m", version, saved.versions())).isEmpty();
    live.add(model);
    var file = live.versionFile("m", version, saved.versions());
    assertThat(file).isPresent();
    assertThat(live.versionFile("m", version + 1, saved.versions())).isEmpty();
    model.checkpoint();
    live.remove(model);
    assertThat(live.versionFile("m", version, saved.versions()).orElseThrow())
        .isEqualTo(file.orElseThrow());
    ByteSource nothing = key -> null;
    assertThat(live.versionFile("m", version, nothing)).isEmpty();
  }
}
