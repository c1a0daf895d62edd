// A ray tracer that prints its picture as text: spheres, a checkered floor, shadows, reflections. What it shows: double arithmetic,
// objects that escape analysis removes, and a polymorphic `intersect`.

class Vector {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }

  add(v) {
    return new Vector(this.x + v.x, this.y + v.y, this.z + v.z);
  }

  sub(v) {
    return new Vector(this.x - v.x, this.y - v.y, this.z - v.z);
  }

  scale(k) {
    return new Vector(this.x * k, this.y * k, this.z * k);
  }

  dot(v) {
    return this.x * v.x + this.y * v.y + this.z * v.z;
  }

  get length() {
    return Math.sqrt(this.dot(this));
  }

  normalize() {
    return this.scale(1 / this.length);
  }

  reflect(normal) {
    return this.sub(normal.scale(2 * this.dot(normal)));
  }
}

class Ray {
  constructor(origin, direction) {
    this.origin = origin;
    this.direction = direction;
  }

  at(t) {
    return this.origin.add(this.direction.scale(t));
  }
}

class Hit {
  constructor(t, point, normal, material) {
    this.t = t;
    this.point = point;
    this.normal = normal;
    this.material = material;
  }
}

class Material {
  constructor(diffuse, specular, reflection) {
    this.diffuse = diffuse;
    this.specular = specular;
    this.reflection = reflection;
  }

  shade(point) {
    return this.diffuse;
  }
}

class Checker extends Material {
  shade(point) {
    const square = (Math.floor(point.x) + Math.floor(point.z)) & 1;
    return square === 0 ? this.diffuse : this.diffuse * 0.35;
  }
}

class Sphere {
  constructor(center, radius, material) {
    this.center = center;
    this.radius = radius;
    this.material = material;
  }

  intersect(ray) {
    const offset = ray.origin.sub(this.center);
    const b = offset.dot(ray.direction);
    const c = offset.dot(offset) - this.radius * this.radius;
    const discriminant = b * b - c;
    if (discriminant < 0) return null;
    const root = Math.sqrt(discriminant);
    const t = -b - root > 1e-4 ? -b - root : -b + root;
    if (t < 1e-4) return null;
    const point = ray.at(t);
    return new Hit(t, point, point.sub(this.center).normalize(), this.material);
  }
}

class Plane {
  constructor(height, material) {
    this.height = height;
    this.material = material;
  }

  intersect(ray) {
    if (Math.abs(ray.direction.y) < 1e-6) return null;
    const t = (this.height - ray.origin.y) / ray.direction.y;
    if (t < 1e-4) return null;
    return new Hit(t, ray.at(t), new Vector(0, 1, 0), this.material);
  }
}

class Scene {
  constructor(light) {
    this.objects = [];
    this.light = light;
    this.rays = 0;
    this.shadows = 0;
  }

  add(object) {
    this.objects.push(object);
    return this;
  }

  nearest(ray) {
    this.rays++;
    let best = null;
    for (let i = 0; i < this.objects.length; i++) {
      const hit = this.objects[i].intersect(ray);
      if (hit !== null && (best === null || hit.t < best.t)) best = hit;
    }
    return best;
  }

  inShadow(point, direction, distance) {
    const hit = this.nearest(new Ray(point, direction));
    if (hit === null || hit.t > distance) return false;
    this.shadows++;
    return true;
  }

  trace(ray, depth) {
    const hit = this.nearest(ray);
    if (hit === null) return 0.12 + 0.2 * Math.max(0, ray.direction.y);
    const toLight = this.light.sub(hit.point);
    const distance = toLight.length;
    const direction = toLight.scale(1 / distance);
    let brightness = 0.08;
    const facing = hit.normal.dot(direction);
    if (facing > 0 && !this.inShadow(hit.point, direction, distance)) {
      brightness += facing * hit.material.shade(hit.point);
      const highlight = ray.direction.reflect(hit.normal).dot(direction);
      if (highlight > 0) brightness += hit.material.specular * Math.pow(highlight, 16);
    }
    if (depth > 0 && hit.material.reflection > 0) {
      const mirrored = new Ray(hit.point, ray.direction.reflect(hit.normal));
      brightness += hit.material.reflection * this.trace(mirrored, depth - 1);
    }
    return brightness;
  }
}

function render(scene, width, height, depth) {
  const palette = ' .:-=+*#%@';
  const eye = new Vector(0, 1.2, -4);
  const rows = [];
  let checksum = 0;
  for (let y = 0; y < height; y++) {
    let row = '';
    for (let x = 0; x < width; x++) {
      const direction = new Vector(((x - width / 2) / width) * 2, ((height / 2 - y) / height) * 1.2, 1.6).normalize();
      const value = scene.trace(new Ray(eye, direction), depth);
      const level = Math.min(palette.length - 1, Math.floor(value * palette.length));
      checksum = (checksum * 31 + level) % 1000003;
      row += palette[level];
    }
    rows.push(row);
  }
  return { rows, checksum };
}

const scene = new Scene(new Vector(-3, 5, -3))
  .add(new Sphere(new Vector(0, 1, 1), 1, new Material(0.6, 0.5, 0.3)))
  .add(new Sphere(new Vector(-1.6, 0.6, 0.2), 0.6, new Material(0.8, 0.2, 0.1)));

const plain = render(scene, 40, 14, 0);
console.log(plain.rows.join('\n'));
console.log(`spheres only: checksum ${plain.checksum}, rays ${scene.rays}, shadows ${scene.shadows}`);

scene.add(new Plane(0, new Checker(0.9, 0, 0.15)));
const full = render(scene, 64, 22, 2);
console.log(full.rows.join('\n'));
console.log(`with a floor: checksum ${full.checksum}, rays ${scene.rays}, shadows ${scene.shadows}`);
