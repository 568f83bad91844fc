package dev.headwater.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.event.RejectedException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTest {
  private static final List<String> KNOWN = List.of("id", "label");

  private final MultivaluedHashMap<String, String> query = new MultivaluedHashMap<>();

  @Test
  void shouldTakeWhatIsKnownAndGivenOnce() {
    query.add("id", "a");

    assertThatCode(() -> Query.require(query, KNOWN)).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseWhatIsMisspelt() {
    query.add("lable", "cat");

    assertThatThrownBy(() -> Query.require(query, KNOWN))
        .isInstanceOf(RejectedException.class)
        .hasMessage("the query has 'lable', expected one of [id, label]");
  }

  @Test
  void shouldRefuseWhatIsEmptyOrGivenTwice() {
    query.add("id", " ");
    assertThatThrownBy(() -> Query.require(query, KNOWN))
        .hasMessage("id is empty or given more than once; leave it out, or give it once");
    query.putSingle("id", "a");
    query.add("id", "b");
    assertThatThrownBy(() -> Query.require(query, KNOWN)).hasMessageStartingWith("id is empty or");
  }
}
