package dev.carousel.chat;

import dev.carousel.data.Dialogue;
import dev.carousel.data.DialogueSet;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.WritingKit;
import dev.carousel.taskkit.WritingTask;
import dev.carousel.text.Extent;
import dev.carousel.text.Normalizer;
import dev.carousel.text.WordTokenizer;
import dev.carousel.text.WordTokenizer.Contractions;
import dev.carousel.train.StopSignal;
import dev.carousel.translate.Language;
import dev.carousel.translate.Segmentation;
import dev.carousel.translate.TranslatorSettings.Languages;
import dev.carousel.translate.TranslatorTrainer;
import dev.carousel.translate.VocabularySharing;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

class ChatKitTest extends WritingKit<ChatBot> {
  ChatKitTest() {
    super(new Task());
  }

  private static final class Task implements WritingTask<ChatBot> {
    private static final ChatOptions TALKATIVE = new ChatOptions(0, 0.5, 0, "no idea");

    /** Reads long texts; answers are short, so that a beam is done in a second. */
    private static Languages text() {
      Segmentation words =
          new Segmentation.Fixed(new WordTokenizer(Normalizer.NONE, Contractions.KEEP));
      return new Languages(
          new Language(words, 1, 1000, 20_000),
          new Language(words, 1, 1000, 20),
          VocabularySharing.SHARED);
    }

    private static DialogueSet dialogues(int count) {
      return DialogueSet.of(
          "numbers",
          IntStream.range(0, count)
              .mapToObj(i -> new Dialogue(List.of("say " + i % 5, "i say " + (i + 1) % 5)))
              .toList());
    }

    @Override
    public Outcome<ChatBot> train(Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
      ChatSettings tiny = ChatBotTest.tiny(epochs);
      ChatSettings settings = tiny.withWriter(tiny.writer().withText(text()));
      TranslatorTrainer trainer = new TranslatorTrainer(settings.writer(), backend);
      prepare.accept(trainer);
      ChatBot.Fit fit = ChatBot.fit(dialogues(24), dialogues(5), settings, trainer);
      return new Outcome<>(fit.bot(), fit.result());
    }

    @Override
    public void save(ChatBot bot, Path directory) {
      bot.save(directory);
    }

    @Override
    public ChatBot load(Path directory, Backend backend) {
      return ChatBot.load(directory, backend);
    }

    @Override
    public List<Reply> answers(ChatBot bot, List<String> texts) {
      return texts.stream().map(text -> bot.session(TALKATIVE).say(text)).toList();
    }

    @Override
    public String outline(Object answer) {
      return ((Reply) answer).text();
    }

    @Override
    public List<Double> scores(ChatBot bot, List<String> texts) {
      return answers(bot, texts).stream().map(Reply::confidence).toList();
    }

    @Override
    public Extent extent(Object answer) {
      return ((Reply) answer).extent();
    }

    /** A bot that is stopped says what it knows by heart, if anything. */
    @Override
    public Written write(ChatBot bot, StopSignal stop) {
      Reply reply = bot.session(TALKATIVE).say("say 3", stop);
      boolean written = reply.origin() == Reply.Origin.WRITTEN;
      return new Written(written ? reply.text().split(" ", -1).length : 0, !written);
    }

    @Override
    public List<String> ordinaryTexts() {
      return List.of("say 1", "say 4", "please say 2", "nothing that is known");
    }
  }
}
