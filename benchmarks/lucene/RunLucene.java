import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fa.PersianCharFilter;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.fa.PersianStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.Version;

/**
 * Indexes passages with Lucene's own analyzers in memory and prints what BM25 (k1 1.2, b 0.75) finds.
 *
 * Arguments: passages.tsv and questions.tsv ({@code identifier TAB text}, UTF-8, no line breaks in texts), depth, then
 * analyzers: arabic, persian9 (as in Lucene 9) or persian10 (with the stemmer that Lucene 10 adds). Prints
 * {@code analyzer TAB way TAB question TAB document document …}, the way being "or" (any term) or "and+or" (all terms
 * first, filled up by any).
 */
public final class RunLucene {
  private static final String FIELD = "text";

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    out.println("version\t" + Version.LATEST);
    int depth = Integer.parseInt(arguments[2]);
    for (int i = 3; i < arguments.length; i++) {
      run(arguments[i], Path.of(arguments[0]), Path.of(arguments[1]), depth, out);
    }
    out.flush();
  }

  private static void run(String name, Path passages, Path questions, int depth, PrintStream out) throws IOException {
    try (Analyzer analyzer = analyzer(name); ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      index(passages, analyzer, directory);
      try (DirectoryReader reader = DirectoryReader.open(directory);
          BufferedReader lines = Files.newBufferedReader(questions, StandardCharsets.UTF_8)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] question = line.split("\t", 2);
          Set<String> terms = terms(analyzer, question[1]);
          List<String> any = find(searcher, terms, BooleanClause.Occur.SHOULD, depth);
          Set<String> all = new LinkedHashSet<>(find(searcher, terms, BooleanClause.Occur.MUST, depth));
          if (all.size() < 10) {
            all.addAll(any);
          }
          print(out, name, "or", question[0], any);
          print(out, name, "and+or", question[0], new ArrayList<>(all).subList(0, Math.min(depth, all.size())));
        }
      }
    }
  }

  private static Analyzer analyzer(String name) {
    return switch (name) {
      case "arabic" -> new ArabicAnalyzer();
      case "persian9" -> new PersianAnalyzer();
      case "persian10" -> new StemmingPersianAnalyzer();
      default -> throw new IllegalArgumentException("no analyzer " + name);
    };
  }

  private static void index(Path passages, Analyzer analyzer, ByteBuffersDirectory directory) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity(1.2f, 0.75f));
    try (IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader lines = Files.newBufferedReader(passages, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] passage = line.split("\t", 2);
        Document document = new Document();
        document.add(new StringField("id", passage[0], Field.Store.YES));
        document.add(new TextField(FIELD, passage[1], Field.Store.NO));
        writer.addDocument(document);
      }
    }
  }

  private static Set<String> terms(Analyzer analyzer, String text) throws IOException {
    Set<String> terms = new LinkedHashSet<>();
    try (TokenStream stream = analyzer.tokenStream(FIELD, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    }
    return terms;
  }

  private static List<String> find(IndexSearcher searcher, Set<String> terms, BooleanClause.Occur occur, int depth)
      throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String term : terms) {
      query.add(new TermQuery(new Term(FIELD, term)), occur);
    }
    List<String> found = new ArrayList<>();
    StoredFields stored = searcher.storedFields();
    for (ScoreDoc hit : searcher.search(query.build(), depth).scoreDocs) {
      found.add(stored.document(hit.doc).get("id"));
    }
    return found;
  }

  private static void print(PrintStream out, String name, String way, String question, List<String> found) {
    out.println(name + "\t" + way + "\t" + question + "\t" + String.join(" ", found));
  }

  /** The chain of Lucene 10's PersianAnalyzer: that of Lucene 9 with the stemmer behind the stop filter. */
  private static final class StemmingPersianAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new StandardTokenizer();
      TokenStream result = new DecimalDigitFilter(new LowerCaseFilter(source));
      result = new PersianNormalizationFilter(new ArabicNormalizationFilter(result));
      result = new StopFilter(result, PersianAnalyzer.getDefaultStopSet());
      return new TokenStreamComponents(source, new PersianStemFilter(result));
    }

    @Override
    protected Reader initReader(String field, Reader reader) {
      return new PersianCharFilter(reader);
    }

    @Override
    protected Reader initReaderForNormalization(String field, Reader reader) {
      return new PersianCharFilter(reader);
    }
  }
}
