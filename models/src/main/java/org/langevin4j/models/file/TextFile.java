package org.langevin4j.models.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A matrix as text in UTF-8: a row a line, numbers apart by commas, semicolons or blanks, in quotes or not, comments
 * after #. A first line without any number is a header and is left out.
 */
final class TextFile {

    /** Decimal as all programs read it, not the hexadecimal and suffixed forms of Java; never goes back, however long. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?+([0-9]++(\\.[0-9]*+)?+|\\.[0-9]++)([eE][+-]?+[0-9]++)?+");

    private static final Pattern COMMA_IN_NUMBER = Pattern.compile("[0-9],[0-9]");

    private static final Pattern NO_NUMBER = Pattern.compile("[+-]?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private static final Pattern SEPARATOR = Pattern.compile("\\s*[,;]\\s*|\\s+");

    private final String shown;
    private double[] numbers = new double[64];
    private int count;
    private int width;

    /** Whether the first row is 0, 1, 2, … and all other numbers have a point or an exponent. */
    private boolean numbered = true;

    private TextFile(String shown) {
        this.shown = shown;
    }

    static StoredArray array(Path file) throws ArrayFileException {
        String shown = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            return array(in, shown);
        } catch (IOException e) {
            throw ArrayFileException.of(shown, e);
        }
    }

    /** The text of a stream, which is read to its end. */
    static StoredArray array(InputStream in, String shown) throws ArrayFileException {
        TextFile text = new TextFile(shown);
        text.read(in);
        double[] all = Arrays.copyOf(text.numbers, text.count);
        Claim claim = Claim.of(text.shown, "text", new long[] {text.count / text.width, text.width});
        return new StoredArray(claim, true, () -> new MemoryNumbers(all));
    }

    private void read(InputStream in) throws ArrayFileException {
        int line = 0;
        boolean headerMayCome = true;
        try {
            // A decoder that refuses what is not UTF-8.
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
            for (String each = lines.readLine(); each != null; each = lines.readLine()) {
                line++;
                int comment = each.indexOf('#');
                String content = (comment < 0 ? each : each.substring(0, comment))
                        .replace("\uFEFF", "")
                        .strip();
                if (!content.isEmpty()) {
                    String[] words = words(content, line);
                    if (!headerMayCome || hasNumber(words)) {
                        row(words, line);
                    }
                    headerMayCome = false;
                }
            }
        } catch (CharacterCodingException e) {
            throw new ArrayFileException(shown, "is not text in UTF-8, after line " + line, e);
        } catch (IOException e) {
            throw ArrayFileException.of(shown, e);
        } catch (OutOfMemoryError e) {
            throw new ArrayFileException(shown, "is too large for the heap (option -Xmx), at line " + (line + 1), e);
        }
        if (count == 0) {
            throw new ArrayFileException(shown, "holds no numbers");
        }
        requireNoNumberedHeader();
    }

    private String[] words(String content, int line) throws ArrayFileException {
        if (content.indexOf(';') >= 0 && COMMA_IN_NUMBER.matcher(content).find()) {
            throw new ArrayFileException(
                    shown, "line " + line + " has both commas and semicolons; write decimal points, not commas");
        }
        String[] words = SEPARATOR.split(content, -1);
        for (int j = 0; j < words.length; j++) {
            String word = words[j];
            if (word.length() > 1 && word.startsWith("\"") && word.endsWith("\"")) {
                words[j] = word.substring(1, word.length() - 1).strip();
            }
        }
        return words;
    }

    private static boolean hasNumber(String[] words) {
        return Arrays.stream(words)
                .anyMatch(word -> NUMBER.matcher(word).matches()
                        || NO_NUMBER.matcher(word).matches());
    }

    private void row(String[] words, int line) throws ArrayFileException {
        if (count > 0 && words.length != width) {
            throw new ArrayFileException(
                    shown,
                    "rows must be of one length, got " + width + " numbers in the first and " + words.length
                            + " in line " + line);
        }
        width = words.length;
        if (numbers.length < count + width) {
            numbers =
                    Arrays.copyOf(numbers, Math.max(count + width, (int) Math.min(Integer.MAX_VALUE - 8, 2L * count)));
        }
        for (int j = 0; j < width; j++) {
            double value = NUMBER.matcher(words[j]).matches() ? Double.parseDouble(words[j]) : Double.NaN;
            if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                String word = words[j].length() > 40 ? words[j].substring(0, 40) + "…" : words[j];
                throw new ArrayFileException(
                        shown, "line " + line + ", column " + (j + 1) + " must be a finite number, got '" + word + "'");
            }
            numbered &= count < width
                    ? words[j].equals(Integer.toString(j))
                    : words[j].indexOf('.') >= 0 || words[j].indexOf('e') >= 0 || words[j].indexOf('E') >= 0;
            numbers[count++] = value;
        }
    }

    /** pandas writes 0, 1, 2, … above the columns if they have no names: read as a row it would be a sample. */
    private void requireNoNumberedHeader() throws ArrayFileException {
        if (numbered && count > width) {
            throw new ArrayFileException(
                    shown,
                    "begins with the row 0, 1, … " + (width - 1) + " above numbers with a point: the header that pandas"
                            + " writes; leave it out (to_csv(…, header=False, index=False)), or write 0.0 if it is a row");
        }
    }
}
