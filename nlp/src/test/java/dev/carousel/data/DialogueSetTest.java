package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialogueSetTest {
  @TempDir private Path folder;

  private DialogueSet read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return DialogueSet.read(file, DialogueFormat.of(file));
  }

  @Test
  void everyFormatGivesTheSameDialogues() throws IOException {
    List<Dialogue> expected =
        List.of(
            new Dialogue(List.of("Hi", "Hello", "How are you?")),
            new Dialogue(List.of("Is 1 a number?", "true")));
    assertThat(read("a.tsv", "Hi\tHello\tHow are you?\n\nIs 1 a number?\ttrue\n").dialogues())
        .isEqualTo(expected);
    assertThat(
            read(
                    "a.jsonl",
                    """
                    {"turns":["Hi","Hello","How are you?"]}
                    {"question":"Is 1 a number?","answer":"true"}
                    """)
                .dialogues())
        .isEqualTo(expected);
    assertThat(
            read(
                    "a.yml",
                    """
                    categories:
                    - small talk
                    conversations:
                    - - Hi
                      - Hello
                      - How are you?
                    - - Is 1 a number?
                      - true
                    """)
                .dialogues())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.tsv|only one|a.tsv:1: a dialogue has at least two turns",
        "a.jsonl|{\"turns\":[\"a\",3]}|a.jsonl:1: a line is {\"turns\"",
        "a.jsonl|{\"turns\":|a.jsonl:1: this is no JSON",
        "a.yml|other: 1|has no list 'conversations'",
        "a.yml|conversations: [[a, [b]]]|conversation 1: turn 2 is no text",
        "a.yml|'conversations: [[a, b'|a.yml:1",
        "a.yml|conversations: [!!java.io.File [x]]|a.yml:1",
      })
  void whatIsNoDialogueIsNamed(String name, String text, String problem) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(name, text))
        .withMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.tsv|a\tb%only one%c\td|2",
        "a.jsonl|{\"turns\":[\"a\",\"b\"]}%{\"turns\":%{\"question\":\"c\",\"answer\":\"d\"}|2",
        "a.yml|conversations:%- [a, b]%- - a%  - [b]%- [c, d]|3",
      })
  void aBadRowMayBeLeftOutAndIsReportedByItsLine(String name, String text, long line)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name), text.replace('%', '\n'));
    DialogueSet set = DialogueSet.read(file, DialogueFormat.of(file), ReadOptions.LENIENT);
    assertThat(set.dialogues())
        .containsExactly(new Dialogue(List.of("a", "b")), new Dialogue(List.of("c", "d")));
    assertThat(set.report().skipped()).isEqualTo(1);
    assertThat(set.report().listed().get(0).line()).isEqualTo(line);
  }

  @Test
  void anUnknownEndingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DialogueFormat.of(Path.of("a.xml")))
        .withMessageContaining(".jsonl");
  }

  @Test
  void heldOutDialoguesAreTheRest() throws IOException {
    DialogueSet all = read("a.tsv", "a\t1\nb\t2\nc\t3\nd\t4\n");
    List<DialogueSet> parts = all.holdOut(1, 3);
    assertThat(parts.get(0).size()).isEqualTo(3);
    assertThat(parts.get(0).dialogues()).doesNotContainAnyElementsOf(parts.get(1).dialogues());
    assertThat(all.holdOut(1, 3)).isEqualTo(parts);
  }
}
