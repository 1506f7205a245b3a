package org.etlsandbox.sakila;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The DDL of every table, parents before children. */
final class SakilaTables {

  private static final String COUNTRY =
      """
      CREATE TABLE country (
        country_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
        country VARCHAR(50) NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (country_id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String CITY =
      """
      CREATE TABLE city (
        city_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
        city VARCHAR(50) NOT NULL,
        country_id SMALLINT UNSIGNED NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (city_id),
        KEY idx_fk_country_id (country_id),
        CONSTRAINT fk_city_country FOREIGN KEY (country_id) REFERENCES country (country_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String ADDRESS =
      """
      CREATE TABLE address (
        address_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
        address VARCHAR(50) NOT NULL,
        address2 VARCHAR(50) DEFAULT NULL,
        district VARCHAR(20) NOT NULL,
        city_id SMALLINT UNSIGNED NOT NULL,
        postal_code VARCHAR(10) DEFAULT NULL,
        phone VARCHAR(20) NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (address_id),
        KEY idx_fk_city_id (city_id),
        CONSTRAINT fk_address_city FOREIGN KEY (city_id) REFERENCES city (city_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String LANGUAGE =
      """
      CREATE TABLE language (
        language_id TINYINT UNSIGNED NOT NULL AUTO_INCREMENT,
        name CHAR(20) NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (language_id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  // A store names its manager and every member of staff a store: the foreign key to staff follows
  // as STORE_MANAGER once both tables are there.
  private static final String STORE =
      """
      CREATE TABLE store (
        store_id TINYINT UNSIGNED NOT NULL AUTO_INCREMENT,
        manager_staff_id TINYINT UNSIGNED NOT NULL,
        address_id SMALLINT UNSIGNED NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (store_id),
        UNIQUE KEY idx_unique_manager (manager_staff_id),
        KEY idx_fk_address_id (address_id),
        CONSTRAINT fk_store_address FOREIGN KEY (address_id) REFERENCES address (address_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String STAFF =
      """
      CREATE TABLE staff (
        staff_id TINYINT UNSIGNED NOT NULL AUTO_INCREMENT,
        first_name VARCHAR(45) NOT NULL,
        last_name VARCHAR(45) NOT NULL,
        address_id SMALLINT UNSIGNED NOT NULL,
        picture BLOB DEFAULT NULL,
        email VARCHAR(50) DEFAULT NULL,
        store_id TINYINT UNSIGNED NOT NULL,
        active BOOLEAN NOT NULL DEFAULT TRUE,
        username VARCHAR(16) NOT NULL,
        password VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (staff_id),
        KEY idx_fk_store_id (store_id),
        KEY idx_fk_address_id (address_id),
        CONSTRAINT fk_staff_store FOREIGN KEY (store_id) REFERENCES store (store_id)
          ON DELETE RESTRICT ON UPDATE CASCADE,
        CONSTRAINT fk_staff_address FOREIGN KEY (address_id) REFERENCES address (address_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  static final String STORE_MANAGER =
      """
      ALTER TABLE store
        ADD CONSTRAINT fk_store_staff FOREIGN KEY (manager_staff_id) REFERENCES staff (staff_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      """;

  private static final String CATEGORY =
      """
      CREATE TABLE category (
        category_id TINYINT UNSIGNED NOT NULL AUTO_INCREMENT,
        name VARCHAR(25) NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (category_id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String FILM =
      """
      CREATE TABLE film (
        film_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
        title VARCHAR(128) NOT NULL,
        description TEXT DEFAULT NULL,
        release_year YEAR DEFAULT NULL,
        language_id TINYINT UNSIGNED NOT NULL,
        original_language_id TINYINT UNSIGNED DEFAULT NULL,
        rental_duration TINYINT UNSIGNED NOT NULL DEFAULT 3,
        rental_rate DECIMAL(4,2) NOT NULL DEFAULT 4.99,
        length SMALLINT UNSIGNED DEFAULT NULL,
        replacement_cost DECIMAL(5,2) NOT NULL DEFAULT 19.99,
        rating ENUM('G','PG','PG-13','R','NC-17') DEFAULT 'G',
        special_features
          SET('Trailers','Commentaries','Deleted Scenes','Behind the Scenes') DEFAULT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (film_id),
        KEY idx_title (title),
        KEY idx_fk_language_id (language_id),
        KEY idx_fk_original_language_id (original_language_id),
        CONSTRAINT fk_film_language FOREIGN KEY (language_id) REFERENCES language (language_id)
          ON DELETE RESTRICT ON UPDATE CASCADE,
        CONSTRAINT fk_film_language_original FOREIGN KEY (original_language_id)
          REFERENCES language (language_id) ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String FILM_CATEGORY =
      """
      CREATE TABLE film_category (
        film_id SMALLINT UNSIGNED NOT NULL,
        category_id TINYINT UNSIGNED NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (film_id, category_id),
        CONSTRAINT fk_film_category_film FOREIGN KEY (film_id) REFERENCES film (film_id)
          ON DELETE RESTRICT ON UPDATE CASCADE,
        CONSTRAINT fk_film_category_category FOREIGN KEY (category_id)
          REFERENCES category (category_id) ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String INVENTORY =
      """
      CREATE TABLE inventory (
        inventory_id MEDIUMINT UNSIGNED NOT NULL AUTO_INCREMENT,
        film_id SMALLINT UNSIGNED NOT NULL,
        store_id TINYINT UNSIGNED NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (inventory_id),
        KEY idx_fk_film_id (film_id),
        KEY idx_store_id_film_id (store_id, film_id),
        CONSTRAINT fk_inventory_store FOREIGN KEY (store_id) REFERENCES store (store_id)
          ON DELETE RESTRICT ON UPDATE CASCADE,
        CONSTRAINT fk_inventory_film FOREIGN KEY (film_id) REFERENCES film (film_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  // Nullable last_update, here and in payment, as in Sakila. NULL is written out because servers
  // without explicit_defaults_for_timestamp would make the first TIMESTAMP column NOT NULL.
  private static final String CUSTOMER =
      """
      CREATE TABLE customer (
        customer_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
        store_id TINYINT UNSIGNED NOT NULL,
        first_name VARCHAR(45) NOT NULL,
        last_name VARCHAR(45) NOT NULL,
        email VARCHAR(50) DEFAULT NULL,
        address_id SMALLINT UNSIGNED NOT NULL,
        active BOOLEAN NOT NULL DEFAULT TRUE,
        create_date DATETIME NOT NULL,
        last_update TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (customer_id),
        KEY idx_fk_store_id (store_id),
        KEY idx_fk_address_id (address_id),
        KEY idx_last_name (last_name),
        CONSTRAINT fk_customer_address FOREIGN KEY (address_id) REFERENCES address (address_id)
          ON DELETE RESTRICT ON UPDATE CASCADE,
        CONSTRAINT fk_customer_store FOREIGN KEY (store_id) REFERENCES store (store_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String RENTAL =
      """
      CREATE TABLE rental (
        rental_id INT NOT NULL AUTO_INCREMENT,
        rental_date DATETIME NOT NULL,
        inventory_id MEDIUMINT UNSIGNED NOT NULL,
        customer_id SMALLINT UNSIGNED NOT NULL,
        return_date DATETIME DEFAULT NULL,
        staff_id TINYINT UNSIGNED NOT NULL,
        last_update TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (rental_id),
        UNIQUE KEY rental_date (rental_date, inventory_id, customer_id),
        KEY idx_fk_inventory_id (inventory_id),
        KEY idx_fk_customer_id (customer_id),
        KEY idx_fk_staff_id (staff_id),
        CONSTRAINT fk_rental_staff FOREIGN KEY (staff_id) REFERENCES staff (staff_id)
          ON DELETE RESTRICT ON UPDATE CASCADE,
        CONSTRAINT fk_rental_inventory FOREIGN KEY (inventory_id)
          REFERENCES inventory (inventory_id) ON DELETE RESTRICT ON UPDATE CASCADE,
        CONSTRAINT fk_rental_customer FOREIGN KEY (customer_id) REFERENCES customer (customer_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  private static final String PAYMENT =
      """
      CREATE TABLE payment (
        payment_id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
        customer_id SMALLINT UNSIGNED NOT NULL,
        staff_id TINYINT UNSIGNED NOT NULL,
        rental_id INT DEFAULT NULL,
        amount DECIMAL(5,2) NOT NULL,
        payment_date DATETIME NOT NULL,
        last_update TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
        PRIMARY KEY (payment_id),
        KEY idx_fk_staff_id (staff_id),
        KEY idx_fk_customer_id (customer_id),
        CONSTRAINT fk_payment_rental FOREIGN KEY (rental_id) REFERENCES rental (rental_id)
          ON DELETE SET NULL ON UPDATE CASCADE,
        CONSTRAINT fk_payment_customer FOREIGN KEY (customer_id) REFERENCES customer (customer_id)
          ON DELETE RESTRICT ON UPDATE CASCADE,
        CONSTRAINT fk_payment_staff FOREIGN KEY (staff_id) REFERENCES staff (staff_id)
          ON DELETE RESTRICT ON UPDATE CASCADE
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
      """;

  /** Table name to its CREATE TABLE, in the order in which they can be executed. */
  static final Map<String, String> DDL = ddl();

  private static Map<String, String> ddl() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("country", COUNTRY);
    tables.put("city", CITY);
    tables.put("address", ADDRESS);
    tables.put("language", LANGUAGE);
    tables.put("store", STORE);
    tables.put("staff", STAFF);
    tables.put("category", CATEGORY);
    tables.put("film", FILM);
    tables.put("film_category", FILM_CATEGORY);
    tables.put("inventory", INVENTORY);
    tables.put("customer", CUSTOMER);
    tables.put("rental", RENTAL);
    tables.put("payment", PAYMENT);
    return Collections.unmodifiableMap(tables);
  }

  private SakilaTables() {}
}
