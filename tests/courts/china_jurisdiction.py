"""China's table of jurisdiction with Guangdong's courts, causes and places, as tests use them."""

from steelyard import regions
from steelyard.courts.rules.jurisdiction.causes import read_causes
from steelyard.courts.rules.jurisdiction.courts import read_region
from steelyard.courts.rules.jurisdiction.first import Rules
from steelyard.courts.rules.jurisdiction.places import read_places
from steelyard.courts.rules.jurisdiction.rows import read_table


def _lines(path):
    return path.read_text("utf-8-sig").splitlines()


CAUSES = read_causes(_lines(regions.CAUSES), file=regions.CAUSES.name)
PLACES = read_places(
    _lines(regions.GUANGDONG_PLACES),
    _lines(regions.PROVINCES),
    file=regions.GUANGDONG_PLACES.name,
    provinces_file=regions.PROVINCES.name,
)
TABLE = read_table(regions.JURISDICTION.read_text("utf-8"), file=regions.JURISDICTION.name)
REGION = read_region(
    regions.GUANGDONG_COURTS.read_text("utf-8"), places=PLACES, groups=TABLE.groups
)
RULES = Rules(TABLE, REGION)
