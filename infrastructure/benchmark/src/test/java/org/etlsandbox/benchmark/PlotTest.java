package org.etlsandbox.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {

  @Test
  void barsAreAsLongAsTheirValuesWithinTheirReport() throws Exception {
    Report load = new Report("load", "rows & rows");
    load.bar("mariadb -e '<join>' | psql", 20, false);
    load.bar("ours", 5, true);
    Report idle = new Report("idle", "polls");
    idle.unit("ms");
    idle.bar("few", 0.5, true);

    Element svg = parsed(Plot.svg("2 rentals", List.of(load, idle)));

    NodeList bars = svg.getElementsByTagName("rect");
    assertThat(attributes(bars, "class")).containsExactly("other", "ours", "ours");
    List<Double> lengths = attributes(bars, "width").stream().map(Double::parseDouble).toList();
    assertThat(lengths.get(1)).isEqualTo(lengths.get(0) / 4);
    assertThat(lengths.get(2)).isEqualTo(lengths.get(0));
    double height = Double.parseDouble(svg.getAttribute("viewBox").split(" ")[3]);
    assertThat(attributes(bars, "y").stream().mapToDouble(Double::parseDouble).max().orElse(0))
        .isLessThan(height);
  }

  @Test
  void whoCannotSeeItIsToldTheFigures() throws Exception {
    Report load = new Report("load", "rows");
    load.bar("ours", 5, true);
    Element svg = parsed(Plot.svg("2 rentals", List.of(load)));
    assertThat(svg.getAttribute("role")).isEqualTo("img");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("./etl bench: 2 rentals");
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("load, rows; ours: 5.00 s.");
  }

  @Test
  void whatHasNoBarsIsNotInIt() throws Exception {
    Element svg = parsed(Plot.svg("nothing", List.of(new Report("load", "rows"))));
    assertThat(svg.getElementsByTagName("text").getLength()).isZero();
  }

  private static Element parsed(String svg) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    return document.getDocumentElement();
  }

  private static List<String> attributes(NodeList elements, String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      values.add(((Element) elements.item(i)).getAttribute(name));
    }
    return values;
  }
}
