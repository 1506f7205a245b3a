package org.etlsandbox.testkit;

import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.etlsandbox.flat.CustomerOrderFlat;
import org.etlsandbox.flat.FlatStream;
import org.etlsandbox.flat.RefreshScope;

/**
 * Rows that are a pure function of seed, revision and rental id: the same everywhere, in any
 * portion, without being stored.
 *
 * <p>One rental id in ten is missing, some rentals have several payments, some films several
 * categories, payment ids are spread over 1 to 2^32 - 1 out of step with the rental ids, and names
 * carry accents, apostrophes and emoji. A higher revision gives a sixteenth of the rentals other
 * amounts and return dates.
 *
 * @param revision 0 or more
 */
public record FlatGenerator(long seed, int revision) {
  private static final List<String> FIRST =
      List.of("MARY", "José", "Zoë", "O'Neill", "Łukasz", "李", "Ane 🎬", "SEÁN");
  private static final List<String> LAST =
      List.of("SMITH", "D'Angelo", "Müller", "Ñandú", "ÅKESSON", "Nguyễn", "VAN \"DER\" BERG");
  private static final List<String> TITLE =
      List.of("ACADEMY DINOSAUR", "Amélie", "¿QUÉ PASA?", "千と千尋", "C:\\FILM", "100% LOVE 💘");
  private static final List<String> CATEGORY =
      List.of("Action", "Animation", "Children", "Comédie", "Sci-Fi", "Horror 👻", "Sports");
  private static final LocalDateTime OPENING = LocalDateTime.of(2005, 5, 24, 22, 53, 30);

  // Odd, so that multiplying modulo 2^32 is a bijection: every payment id is unique
  private static final long SPREAD = 2_654_435_761L;
  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  public FlatGenerator(long seed) {
    this(seed, 0);
  }

  public FlatGenerator atRevision(int next) {
    return new FlatGenerator(seed, next);
  }

  /** The rows of a range, one rental at a time in memory. */
  public FlatStream stream(RefreshScope.Range range) {
    Deque<CustomerOrderFlat> waiting = new ArrayDeque<>();
    long[] rental = {range.from()};
    return () -> {
      while (waiting.isEmpty() && rental[0] < range.to()) {
        waiting.addAll(ofRental(++rental[0]));
      }
      return waiting.poll();
    };
  }

  /** The rows of a scope in key order. */
  public List<CustomerOrderFlat> rows(RefreshScope scope) {
    List<CustomerOrderFlat> rows = new ArrayList<>();
    switch (scope) {
      case RefreshScope.Range range -> {
        for (long rental = range.from() + 1; rental <= range.to(); rental++) {
          rows.addAll(ofRental(rental));
        }
      }
      case RefreshScope.Rentals rentals -> {
        for (long rental : rentals.ids()) {
          rows.addAll(ofRental(rental));
        }
      }
    }
    return rows;
  }

  /** The smallest range from 0 that holds at least so many rows. */
  public RefreshScope.Range rangeHolding(int rows) {
    long rental = 0;
    for (int found = 0; found < rows; ) {
      found += ofRental(++rental).size();
    }
    return new RefreshScope.Range(0, rental);
  }

  /** The rows of one rental in key order; none where the id is a gap. */
  public List<CustomerOrderFlat> ofRental(long rental) {
    long dice = mix(seed ^ mix(rental));
    if (part(dice, 0, 10) == 0) {
      return List.of();
    }
    int payments = part(dice, 1, 8) == 0 ? 2 + part(dice, 2, 2) : 1;
    int film = part(dice, 3, 1000);
    int categories = film % 5 == 0 ? 2 : 1;
    List<CustomerOrderFlat> rows = new ArrayList<>(payments * categories);
    for (int payment = 0; payment < payments; payment++) {
      for (int category = 0; category < categories; category++) {
        rows.add(row(rental, dice, payment, film, (film + category * 3) % CATEGORY.size()));
      }
    }
    rows.sort(Comparator.comparing(CustomerOrderFlat::key));
    return rows;
  }

  private CustomerOrderFlat row(long rental, long dice, int payment, int film, int category) {
    int customer = part(dice, 4, 599);
    long changed = revision > 0 && part(mix(dice + revision), 0, 16) == 0 ? revision : 0;
    LocalDateTime rented = OPENING.plusSeconds(rental * 37 + part(dice, 5, 600));
    boolean out = part(dice, 6, 12) == 0 && changed == 0;
    return new CustomerOrderFlat(
        rental,
        (rental * 4 + payment) * SPREAD & UNSIGNED_INT,
        category + 1,
        customer + 1,
        FIRST.get(customer % FIRST.size()) + " " + LAST.get(customer % LAST.size()),
        film + 1,
        TITLE.get(film % TITLE.size()) + " " + film,
        CATEGORY.get(category),
        99 + 100L * part(dice, 7, 11) + changed,
        rented,
        out ? null : rented.plusHours(20 + part(dice, 3, 100)));
  }

  private static int part(long dice, int index, int bound) {
    return (int) Math.floorMod(mix(dice + index), (long) bound);
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom generators). */
  private static long mix(long value) {
    long mixed = value + 0x9E37_79B9_7F4A_7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
