"""A real commerce REST server for the tests: django-oscar with django-oscar-api, on SQLite, on 127.0.0.1.

    python server.py init FOLDER           makes FOLDER/shop.sqlite3 with seeded, synthetic shop data
    python server.py serve FOLDER PORT     serves it; OSCAR_RATE=20/s makes it answer 429 with Retry-After beyond that

Staff log-in for HTTP Basic: admin / local-only-password.
"""

from __future__ import annotations

import os
import random
import sys
from decimal import Decimal
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from oscar import defaults

CUSTOMERS, PRODUCTS, ORDERS = 25, 30, 60
APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "oscar.config.Shop",
    "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.basket.apps.BasketConfig",
    "oscar.apps.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.order.apps.OrderConfig",
    "oscar.apps.partner.apps.PartnerConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "widget_tweaks",
    "haystack",
    "treebeard",
    "django_tables2",
    "rest_framework",
    "oscarapi",
]
CONTEXT = ["auth.context_processors.auth", "messages.context_processors.messages"]


class _NoMigrations:
    """Tables straight from the models: a seeded shop needs no history, and this is far quicker."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def configure(folder: Path) -> None:
    """Django's settings, all of them, with the database in `folder`."""
    settings.configure(
        **{name: value for name, value in vars(defaults).items() if name.startswith("OSCAR_")},
        ALLOWED_HOSTS=["127.0.0.1"],
        AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "shop.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        INSTALLED_APPS=APPS,
        MEDIA_ROOT=str(folder / "media"),
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "oscar.apps.basket.middleware.BasketMiddleware",
        ],
        MIGRATION_MODULES=_NoMigrations(),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # Basic hashes at every request
        OSCARAPI_BLOCK_ADMIN_API_ACCESS=False,
        REST_FRAMEWORK={
            "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.BasicAuthentication"],
            "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
            "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
            "DEFAULT_THROTTLE_RATES": {"user": os.environ.get("OSCAR_RATE", "100000/min")},
            "PAGE_SIZE": 10,
        },
        ROOT_URLCONF="oscarapi.urls",
        SECRET_KEY="local-only",
        SITE_ID=1,
        STATIC_URL="/static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        *(f"django.contrib.{each}" for each in CONTEXT),
                    ]
                },
            }
        ],
        TIME_ZONE="UTC",
        USE_TZ=True,
    )
    django.setup()


def seed() -> None:
    """Customers, products with stock, and orders with one to four lines; the same ones every time."""
    from django.contrib.auth import get_user_model
    from django.contrib.sites.models import Site
    from oscar.test import factories

    chance = random.Random(11)
    Site.objects.update_or_create(pk=1, defaults={"domain": "127.0.0.1", "name": "Test shop"})
    users = get_user_model().objects
    users.create_superuser("admin", "admin@example.test", "local-only-password")
    buyers = [
        users.create_user(
            f"buyer{n:02}", f"buyer{n:02}@example.test", None, first_name=f"First{n}", last_name=f"Last{n}"
        )
        for n in range(CUSTOMERS)
    ]
    kind = factories.ProductClassFactory(name="Mug", requires_shipping=True, track_stock=True)
    products = []
    for n in range(PRODUCTS):
        product = factories.ProductFactory(
            upc=f"4000{n:08}", title=f"Mug no. {n}", product_class=kind, stockrecords=[], description=f"<p>Mug {n}</p>"
        )
        factories.StockRecordFactory(
            product=product, partner_sku=f"MUG-{n:03}", price=Decimal(8 + n) + Decimal("0.95"), num_in_stock=500
        )
        products.append(product)
    country = factories.CountryFactory(iso_3166_1_a2="US", printable_name="United States")
    for n in range(ORDERS):
        _order(n, chance.choice(buyers), chance.sample(products, chance.randint(1, 4)), country, chance)


def _order(number: int, buyer: object, products: list, country: object, chance: random.Random) -> None:
    from oscar.apps.order.utils import OrderCreator
    from oscar.core.loading import get_class, get_model
    from oscar.test import factories

    basket = get_model("basket", "Basket").objects.create(owner=buyer)
    basket.strategy = get_class("partner.strategy", "Selector")().strategy()
    for product in products:
        basket.add_product(product, chance.randint(1, 3))
    shipping = get_class("shipping.methods", "Free")()
    charge = shipping.calculate(basket)
    where = {
        "first_name": buyer.first_name, "last_name": buyer.last_name, "line1": f"{number + 1} Sample Street",
        "line4": "Austin", "state": "TX", "postcode": "78701", "country": country,
    }  # fmt: skip
    OrderCreator().place_order(
        order_number=str(100000 + number), basket=basket, user=buyer, shipping_method=shipping, shipping_charge=charge,
        total=get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, charge), status="Pending",
        shipping_address=factories.ShippingAddressFactory(**where),
        billing_address=factories.BillingAddressFactory(**where),
    )  # fmt: skip
    basket.submit()


def main(command: str, folder: str, port: str = "0") -> None:
    """Make the shop, or serve it."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    configure(Path(folder).resolve())
    if command == "init":
        call_command("migrate", run_syncdb=True, verbosity=0)
        seed()
    else:
        sys.argv = ["manage.py", "runserver"]
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
